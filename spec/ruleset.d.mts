declare const ruleset: { readonly rules: Readonly<Record<string, object>> };
export default ruleset;
