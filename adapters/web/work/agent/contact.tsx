import type { DesktopContact } from '#domain/views/agent-desktop.js';
import { Chat } from './chat.js';
import { ContactHead } from './contact-head.js';
import { Cookies, Forms } from './given.panels.js';
import { Data } from './data.panel.js';
import { Notes } from './notes.js';
import { Pushes } from './pushes.panel.js';
import { Trail } from './trail.js';
import './contact.css';

/**
 * The customer, before and during and after the call: everything stands where it stood when it rang, so that nobody looks
 * for it again after answering.
 */
export const Contact = ({ contact }: Readonly<{ contact: DesktopContact }>) => (
  <section className={`contact contact--${contact.call.state}`} aria-label="Contact">
    <ContactHead contact={contact} />
    <div className="contact-facts" tabIndex={-1}>
      <Trail contact={contact} />
      <Forms forms={contact.forms} />
      <Data contact={contact} />
      <Pushes pushes={contact.pushes} />
      <Cookies cookies={contact.cookies} />
    </div>
    <div className={`contact-writing ${contact.inChannel ? 'contact-writing--two' : ''}`}>
      <Notes contact={contact} />
      {contact.inChannel && <Chat contact={contact} />}
    </div>
  </section>
);
