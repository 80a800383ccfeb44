export function runNative(bundle: string): Promise<readonly string[]>;
