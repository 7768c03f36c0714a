type Write = (details: object, message: string) => void;

/** Where adapters report to whoever runs the product. Never a body, a token or a cookie. */
export type Log = Readonly<{ debug: Write; info: Write; warn: Write; error: Write }>;
