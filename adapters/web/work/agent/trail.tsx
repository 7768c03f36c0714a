import type { Page } from '#domain/icon-session/icon-session.events.js';
import type { DesktopContact } from '#domain/views/agent-desktop.js';
import { EmptyState } from '../../design/empty-state.js';
import { elapsed, timeOfDay } from '../../design/format.js';
import { Panel } from '../../design/panel.js';
import { oneLine } from '../../design/stranger-text.js';
import { Address } from '../../design/stranger-text.view.js';
import { Timer } from '../../design/timer.js';

const titleOf = (page: Page): string => oneLine(page.title, 160) || 'Page without a title';

const Now = ({ page }: Readonly<{ page: Page }>) => (
  <div className="trail-now">
    <p className="trail-now-label">
      On this page now <Timer since={page.at} label="For" />
    </p>
    <p className="trail-now-title">
      <bdi>{titleOf(page)}</bdi>
    </p>
    <p className="truncate">
      <Address url={page.url} link />
    </p>
  </div>
);

const Before = ({ page, left }: Readonly<{ page: Page; left: number | undefined }>) => (
  <li className="trail-before">
    <p className="trail-title">
      <bdi>{titleOf(page)}</bdi>
    </p>
    <p className="trail-path truncate">
      <Address url={page.url} link />
    </p>
    <p className="trail-time">
      {timeOfDay(page.at)}
      {left !== undefined && left >= page.at && ` · ${elapsed(left - page.at)}`}
    </p>
  </li>
);

/** The way that led to the click: where the customer is, and before that, newest first. */
export const Trail = ({ contact }: Readonly<{ contact: DesktopContact }>) => {
  const { pageNow, pagesBefore } = contact;
  return (
    <Panel title="Pages" bare className="facts-wide">
      {pageNow ? (
        <div className="trail">
          <Now page={pageNow} />
          <ol
            className="trail-strip"
            aria-label="Pages before, newest first"
            tabIndex={pagesBefore.length > 2 ? 0 : -1}
          >
            {pagesBefore.map((page, index) => (
              <Before
                key={`${page.at}-${index}`}
                page={page}
                left={index === 0 ? pageNow.at : pagesBefore[index - 1]?.at}
              />
            ))}
          </ol>
        </div>
      ) : (
        <EmptyState small title="No page is known: this call has no click that we can name." />
      )}
    </Panel>
  );
};
