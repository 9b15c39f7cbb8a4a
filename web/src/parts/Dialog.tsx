import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { useSay } from "@/words/say";
import { useKeysBack } from "./useKeysBack";

/** A window over the page: what it is for, what is in it, and a way out that is called so. */
export function Dialog({
  opened,
  onClose,
  title,
  size,
  children,
}: {
  opened: boolean;
  onClose: () => void;
  title: string;
  size?: number | "lg";
  children: ReactNode;
}) {
  const say = useSay();
  useKeysBack(opened);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      closeButtonProps={{ "aria-label": say("web.do.close") }}
    >
      {children}
    </Modal>
  );
}
