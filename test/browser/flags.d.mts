export declare const FLAGS: string[];
export declare const IGNORED_DEFAULTS: string[];
