import { Loader } from "@mantine/core";
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import classes from "./FileDrop.module.css";

interface Props {
  /** Whether a file is being read: no other is taken meanwhile. */
  busy: boolean;
  icon: ReactNode;
  title: string;
  /** Which kinds of files, for people. */
  kinds: string;
  /** The same for the browser: `.csv,.xlsx`. */
  endings: string;
  onFile: (file: File) => void;
}

/** Where a file is dropped, or chosen with a click or the keys. */
export function FileDrop({ busy, icon, title, kinds, endings, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (file: File | null | undefined) => file && !busy && onFile(file);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <>
      <button
        type="button"
        className={classes.drop}
        data-over={over}
        aria-busy={busy}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {busy ? <Loader size={22} /> : icon}
        <b>{title}</b>
        <span>{kinds}</span>
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept={endings}
        aria-label={title}
        onChange={(event) => {
          take(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}
