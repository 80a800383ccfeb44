type Shape<Value> = (size: number) => Value;

export declare const TEXTS: { readonly backslashes: Shape<string> };
export declare const SHAPES: Readonly<Record<string, Shape<unknown>>>;
