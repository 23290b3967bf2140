import { Head } from '../parts/Head';
import { Link } from '../parts/Link';
import { Empty } from '../parts/States';

export function NotFoundPage() {
  return (
    <>
      <Head title="Not found" />
      <Empty title="There is no such page.">Go to the <Link to="">home page</Link>, or search with the key /.</Empty>
    </>
  );
}
