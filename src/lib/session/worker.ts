// The worker that computes: takes Scenes and commands from the page, drives one Run on one Clock, sends Frames at
// the rhythm of the display, and carries the run over when its backend fails. tfjs is loaded here and nowhere else.
import * as Comlink from 'comlink';
import { Session } from './session';

Comlink.expose(new Session());
