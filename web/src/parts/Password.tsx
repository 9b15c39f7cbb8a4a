import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useSay } from "@/words/say";

/** A field for a password, which can be shown while it is typed. */
export function Password(props: PasswordInputProps) {
  const say = useSay();
  return (
    <PasswordInput
      visibilityToggleButtonProps={{ "aria-label": say("web.sign_in.show_password") }}
      {...props}
    />
  );
}
