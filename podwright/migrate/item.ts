// A construct of a chart: what it is, and what is printed of it.
import type { Candidate } from './candidates/candidate';
import type { Fields } from './code';
import { allComments, carry } from './comments';
import { type Context, ownMetadata } from './context';
import type { Kinds } from './kinds';
import type { Any } from './path';
import { inOrder } from './readable';
import type { Source } from './sources';

/** An object that a construct makes, and how it is reached from the construct's variable. */
export interface Made {
  readonly object: Any;
  /** What is put behind the variable for the object's name: `.name`, `.service.name`. */
  readonly accessor: string;
}

/** A construct of a chart. */
export interface Item {
  readonly className: string;
  /** As a chart imports it. */
  readonly module: string;
  readonly id: string;
  readonly props: Fields;
  readonly made: readonly Made[];
  /** The lines of comments above it. */
  readonly comments: readonly string[];
  /** A call on the construct: what no prop says. @default - none */
  readonly after?: string;
  /** The pointer to what no class takes, where it is said by a plain ApiObject for that reason. */
  readonly misfit?: string;
}

/** The item of a construct of podwright. */
export function itemOf(candidate: Candidate, made: readonly Made[], sources: readonly Source[]): Item {
  const { className, id } = candidate;
  const props = inOrder(candidate.props);
  return { className, module: 'podwright', id, props, made, comments: leftOver(props, sources) };
}

/** The item of an object that its kind's class makes, or, where there is none that takes it, an ApiObject. */
export function kindItem(source: Source, id: string, context: Context, kinds: Kinds): Item {
  const { object } = source;
  const { apiVersion, kind, metadata, ...fields } = object;
  const found = kinds.classOf(object);
  const isClass = found !== undefined && 'name' in found;
  const own = ownMetadata(object, context, isClass ? id : '');
  const meta = Object.keys(own).length > 0 ? { metadata: carry(own, metadata) } : {};
  const props = inOrder(carry({ ...(isClass ? {} : { apiVersion, kind }), ...meta, ...fields }, object));
  return {
    ...(isClass ? { className: found.name, module: found.module } : { className: 'ApiObject', module: 'cdk8s' }),
    id,
    props,
    made: [{ object, accessor: '.name' }],
    comments: leftOver(props, [source]),
    ...(found && !isClass && { misfit: found.misfit }),
    // cdk8s gives each of its objects a name.
    ...(!isClass && metadata.name === undefined && { after: ".addJsonPatch(JsonPatch.remove('/metadata/name'))" }),
  };
}

/** The comments of the whole objects, and those of fields that the props do not have. */
function leftOver(props: Fields, sources: readonly Source[]): string[] {
  const placed = [...allComments(props)];
  return sources.flatMap(({ object, comments }) => {
    const lost = allComments(object).filter((line) => {
      const index = placed.indexOf(line);
      if (index >= 0) placed.splice(index, 1);
      return index < 0;
    });
    return [...comments, ...lost];
  });
}
