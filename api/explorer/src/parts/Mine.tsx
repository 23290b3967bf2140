import { type FormEvent, useState } from 'react';

const KEY = 'ecograph:owner';

type Props = { label: string; value: string | undefined; choose: (key: string | null) => void };

/** Narrows a list to one's own, by the key that stands for who asks in the CRM. It is asked for once in this browser. */
export function Mine({ label, value, choose }: Props) {
  const [mine, setMine] = useState(() => localStorage.getItem(KEY) ?? '');
  const [isAsking, setAsking] = useState(false);
  const isOn = mine !== '' && value === mine;

  function toggle() {
    if (isOn) choose(null);
    else if (mine) choose(mine);
    else setAsking(true);
  }

  function remember(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const key = String(new FormData(event.currentTarget).get('key')).trim();
    localStorage.setItem(KEY, key);
    setMine(key);
    setAsking(false);
    choose(key);
  }

  return (
    <>
      <button type="button" className="button" aria-pressed={isOn} onClick={toggle}>{label}</button>
      {isOn && !isAsking && (
        <button type="button" className="button plain" onClick={() => setAsking(true)}>Change my key</button>
      )}
      {isAsking && (
        <form className="filters" onSubmit={remember}>
          <label>
            My key in the CRM
            <input name="key" className="field" autoComplete="off" autoFocus required pattern=".*\S.*" defaultValue={mine} />
          </label>
          <button type="submit" className="button primary">Remember it in this browser</button>
          <button type="button" className="button plain" onClick={() => setAsking(false)}>Cancel</button>
        </form>
      )}
    </>
  );
}
