/**
 * The rows of docs/readers.md, by table and name, and the package whose version each shows. `set` names what its user has
 * to set, each tried without, too.
 */
export const READERS = {
  code: {
    "openapi-typescript": { package: "openapi-typescript" },
    "@hey-api/openapi-ts, zod": { package: "@hey-api/openapi-ts" },
    "@hey-api/openapi-ts, valibot": { package: "@hey-api/openapi-ts" },
    "orval, zod": { package: "orval" },
    "kubb, zod": { package: "@kubb/core", title: "kubb, TypeScript and zod" },
    "swagger-typescript-api": { package: "swagger-typescript-api" },
    oazapfts: { package: "oazapfts" },
    "typed-openapi": { package: "typed-openapi" },
    "express-openapi-validator": { package: "express-openapi-validator" },
    "openapi-backend": { package: "openapi-backend" },
    Redocly: { package: "@redocly/cli", title: "Redocly, lint and bundle" },
    Specmatic: { package: "specmatic", title: "Specmatic, examples" },
    Prism: { package: "@stoplight/prism-cli", title: "Prism, proxy" },
  },
  mocks: {
    "orval, faker": { package: "orval" },
    "Prism, mock": { package: "@stoplight/prism-cli" },
    "Prism, dynamic": { package: "@stoplight/prism-cli", title: "Prism, mock --dynamic" },
    "Specmatic, mock": { package: "specmatic" },
  },
  viewers: {
    "Swagger UI": { package: "swagger-ui-dist" },
    Redoc: { package: "redoc" },
    Scalar: { package: "@scalar/api-reference" },
    RapiDoc: { package: "rapidoc" },
  },
};
