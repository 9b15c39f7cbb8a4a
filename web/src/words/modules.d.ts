declare module "virtual:words/zh" {
  const words: Record<string, unknown>;
  export default words;
}
declare module "virtual:words/en" {
  const words: Record<string, unknown>;
  export default words;
}
declare module "virtual:words/zh/later" {
  const words: Record<string, unknown>;
  export default words;
}
declare module "virtual:words/en/later" {
  const words: Record<string, unknown>;
  export default words;
}
