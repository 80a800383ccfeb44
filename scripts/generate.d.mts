export function generate(): Promise<Readonly<Record<string, string>>>;
