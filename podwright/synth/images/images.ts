import type { IConstruct } from 'constructs';
import { parseImage } from '../../api/image';
import type { ImageFacts } from '../../rules/facts';
import { Environment } from '../environment';
import { shownPath } from '../tree';
import { withImages } from './image-fields';
import type { ImageLock } from './image-lock';

/** The name of the lock, and of its sum in the list of the files that synthesis owns. */
export const LOCK = 'images.lock.yaml';

/** An image that a program writes, where it does. */
export interface ImageUse {
  readonly image: string;
  /** The name of the environment; '' for none. */
  readonly environment: string;
  readonly constructPath: string;
  /** The App's lock, whether it is there or not: an absolute path. */
  readonly lock: string;
}

/** Makes of the images that a program writes those that its lock has for them. */
export class Images {
  /** @param lock undefined: every image stays as it is written */
  constructor(readonly lock: ImageLock | undefined) {}

  /** An object with its images pinned; itself where none of them is locked. It is not changed. */
  pinned<T>(construct: IConstruct, object: T): T {
    const { lock } = this;
    if (!lock) return object;
    const environment = environmentOf(construct);
    // An image that the program pins itself stays as it is.
    return withImages(object, (image) =>
      image.includes('@') ? image : (lock.find(image, environment)?.image ?? image),
    );
  }

  /** What rules may know of the images in an environment. */
  facts(environment: string): Readonly<Record<string, ImageFacts>> {
    return this.lock?.facts(environment) ?? {};
  }
}

/** Tells of the images of each object, as the program writes them, and pins none. */
export class ToldImages extends Images {
  constructor(
    private readonly file: string,
    private readonly tell: (use: ImageUse) => void,
  ) {
    super(undefined);
  }

  override pinned<T>(construct: IConstruct, object: T): T {
    const [environment, constructPath] = [environmentOf(construct), shownPath(construct)];
    return withImages(object, (image) => {
      if (parseImage(image)) this.tell({ image, environment, constructPath, lock: this.file });
      return image;
    });
  }
}

function environmentOf(construct: IConstruct): string {
  return Environment.tryOf(construct)?.name ?? '';
}
