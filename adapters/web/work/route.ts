/** Where in the application somebody is. Everything that is worth sending to a colleague is in the address. */
export type Route =
  | Readonly<{ page: 'home' }>
  | Readonly<{ page: 'sign-in'; next?: string }>
  | Readonly<{ page: 'agent' }>
  | Readonly<{ page: 'journeys' }>
  | Readonly<{ page: 'journey'; contactId: string; position?: number }>
  | Readonly<{ page: 'unknown' }>;

/** Only a path of ours: an address that leads elsewhere, however it is dressed, leads nowhere. */
const ownPath = (path: string | null): string | undefined =>
  path !== null && /^\/(?![/\\])[\w\-./?=&%~:]*$/.test(path) ? path : undefined;

const decoded = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
};

const journeyAt = (segment: string, search: URLSearchParams): Route => {
  const contactId = decoded(segment);
  if (contactId === undefined || contactId === '') return { page: 'unknown' };
  const position = Number(search.get('event') ?? Number.NaN);
  return Number.isSafeInteger(position) ? { page: 'journey', contactId, position } : { page: 'journey', contactId };
};

const signInAt = (search: URLSearchParams): Route => {
  const next = ownPath(search.get('next'));
  return next === undefined ? { page: 'sign-in' } : { page: 'sign-in', next };
};

export const routeOf = (path: string, query: string): Route => {
  const search = new URLSearchParams(query);
  const [, first = '', second, ...rest] = path.replace(/\/+$/, '').split('/');
  if (rest.length > 0) return { page: 'unknown' };
  if (first === 'journeys' && second !== undefined) return journeyAt(second, search);
  if (second !== undefined) return { page: 'unknown' };
  if (first === '') return { page: 'home' };
  if (first === 'sign-in') return signInAt(search);
  return first === 'agent' || first === 'journeys' ? { page: first } : { page: 'unknown' };
};

export const pathOf = (route: Route): string => {
  switch (route.page) {
    case 'home':
    case 'unknown':
      return '/';
    case 'sign-in':
      return route.next === undefined ? '/sign-in' : `/sign-in?next=${encodeURIComponent(route.next)}`;
    case 'agent':
      return '/agent';
    case 'journeys':
      return '/journeys';
    case 'journey': {
      const event = route.position === undefined ? '' : `?event=${route.position}`;
      return `/journeys/${encodeURIComponent(route.contactId)}${event}`;
    }
  }
};
