export function checkedEvidence(evidence: unknown, schema: unknown): unknown;
