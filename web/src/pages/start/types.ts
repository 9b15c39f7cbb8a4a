import type { components } from "@/client/schema";

type Schemas = components["schemas"];

export type Kind = Schemas["KindOf"];
export type Upload = Schemas["UploadOf"];
export type Looked = Schemas["Looked"];
export type FileColumn = Looked["columns"][number];
export type Preview = Schemas["PreviewOf"];
