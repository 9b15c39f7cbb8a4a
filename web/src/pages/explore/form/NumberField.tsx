import { NumberInput } from "@mantine/core";
import type { ControlProps } from "./FieldControl";

/** A number within the limits of its field. */
export default function NumberField({ field, value, onChange }: ControlProps) {
  return (
    <NumberInput
      label={field.title}
      value={typeof value === "number" ? value : ""}
      min={field.least ?? undefined}
      max={field.most ?? undefined}
      decimalScale={4}
      onChange={(number) => onChange(number === "" ? null : Number(number))}
    />
  );
}
