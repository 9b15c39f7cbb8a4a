import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { useSession, useSignIn, useSignOut } from "@/hooks/useSession";
import { Page } from "@/parts/Page";
import { Password } from "@/parts/Password";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "./SignIn.module.css";

/** How one comes in: with a password, or by the link that `lvtu serve` prints. */
export default function SignIn() {
  const say = useSay();
  const go = useNavigate();
  const [asked] = useSearchParams();
  const session = useSession();
  const enter = useSignIn();
  const leave = useSignOut();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const link = asked.get("link");
  const local = session.data?.local ?? link !== null;

  const person = session.data?.person;
  if (person && link !== "signed_in") return <Navigate to="/" replace />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate({ email, password }, { onSuccess: () => go("/") });
  };
  return (
    <Page title={say("web.sign_in.title")} alone>
      <main className={classes.card}>
        <div className={classes.brand}>
          {say("web.shell.brand")} <small>{say("web.shell.brand_more")}</small>
        </div>
        {person ? (
          <>
            <h1>{say("web.sign_in.signed_in")}</h1>
            <p>{say("web.sign_in.signed_in_why", { name: person.name || person.email || "—" })}</p>
            <Button onClick={() => leave.mutate()} loading={leave.isPending}>
              {say("web.shell.sign_out")}
            </Button>
          </>
        ) : local ? (
          <>
            <h1>{say(link === "used" ? "web.sign_in.used" : "web.sign_in.by_link")}</h1>
            <p>{say(link === "used" ? "web.sign_in.used_why" : "web.sign_in.by_link_why")}</p>
            <p className={classes.next}>{say("web.sign_in.link_try")}</p>
            <pre>lvtu signin …</pre>
          </>
        ) : (
          <form onSubmit={submit} className={classes.form}>
            <h1>{say("web.sign_in.title")}</h1>
            <TextInput
              label={say("web.sign_in.email")}
              type="email"
              autoComplete="username"
              required
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <Password
              label={say("web.sign_in.password")}
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            {enter.isError && <Problem error={enter.error} />}
            <Button type="submit" loading={enter.isPending} fullWidth>
              {say("web.sign_in.enter")}
            </Button>
          </form>
        )}
      </main>
    </Page>
  );
}
