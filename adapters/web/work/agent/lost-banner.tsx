import { timeOfDay } from '../../design/format.js';
import { Icon } from '../../design/icon.js';
import { Timer } from '../../design/timer.js';
import type { Connection } from '../wire/desk.js';

/** The screen is kept as it was, and says so. */
export const LostBanner = ({ connection }: Readonly<{ connection: Connection }>) => {
  if (connection.state === 'live') return null;
  const lost = connection.state === 'lost';
  return (
    <div className="lost" role="status">
      <Icon name="offline" size={18} />
      <p>
        <strong>Connection lost.</strong> {lost && `What you see is from ${timeOfDay(connection.since)}. `}
        Your call goes on at the switch; this page comes back by itself.
      </p>
      {lost && <Timer since={connection.since} label="Lost for" />}
    </div>
  );
};
