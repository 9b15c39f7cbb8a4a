import { MultiSelect, type MultiSelectProps, TagsInput, type TagsInputProps } from "@mantine/core";

/** Several of a list. */
export function Several(props: MultiSelectProps) {
  return <MultiSelect {...props} />;
}

/** Several words, from a list or not. */
export function Tags(props: TagsInputProps) {
  return <TagsInput {...props} />;
}
