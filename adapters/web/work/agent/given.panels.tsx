import type { NamedValues } from '#domain/icon-session/icon-session.events.js';
import { EmptyState } from '../../design/empty-state.js';
import { count } from '../../design/format.js';
import { Panel } from '../../design/panel.js';
import { oneLine } from '../../design/stranger-text.js';
import { StrangerText } from '../../design/stranger-text.view.js';

const Values = ({ values }: Readonly<{ values: NamedValues }>) => (
  <dl className="values">
    {Object.entries(values).map(([name, value]) => (
      <div key={name} className="values-row">
        <dt>
          <bdi>{oneLine(name, 80)}</bdi>
        </dt>
        <dd>
          {value === '' ? <span className="quiet">empty</span> : <StrangerText limit={1000}>{value}</StrangerText>}
        </dd>
      </div>
    ))}
  </dl>
);

/** What the customer has typed so far. */
export const Forms = ({ forms }: Readonly<{ forms: Readonly<Record<string, NamedValues>> }>) => {
  const begun = Object.entries(forms);
  return (
    <Panel title="Form so far" icon="form" aside={begun.length > 1 ? `${count(begun.length)} forms` : undefined}>
      {begun.length === 0 && <EmptyState small title="No form has been begun." />}
      {begun.map(([name, values]) => (
        <div key={name} className="form-so-far">
          <h4>
            <bdi>{oneLine(name, 80)}</bdi>
          </h4>
          <Values values={values} />
        </div>
      ))}
    </Panel>
  );
};

/** Only those that the merchant allows. */
export const Cookies = ({ cookies }: Readonly<{ cookies: NamedValues }>) => {
  const names = Object.keys(cookies);
  return (
    <Panel title="Cookies allowed" icon="cookie" aside={names.length > 0 ? count(names.length) : undefined}>
      {names.length === 0 ? <EmptyState small title="The shop has passed on none." /> : <Values values={cookies} />}
    </Panel>
  );
};
