type Answers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export function expressOpenapiValidator(contract: string, answers: Answers): Promise<readonly string[]>;
export function redocly(contract: string, answers: Answers, command: readonly string[]): Promise<readonly string[]>;
