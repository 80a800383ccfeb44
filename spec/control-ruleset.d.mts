declare const ruleset: object;
export default ruleset;
