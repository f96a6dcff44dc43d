# ---- What is compared -----------------------------------------------------------------------------------------------


def integers_hash(lists):
    """SHA-256 of lists of integers as little-endian int32, the first 32 digits."""
    flat = [len(lists)]
    parts = []
    for one in lists:
        parts.append(np.concatenate([[len(one)], np.asarray(one, dtype=np.int64).reshape(-1)]))
    words = np.concatenate([flat, *parts]).astype(np.int64) & 0xFFFFFFFF
    return hashlib.sha256(words.astype("<u4").tobytes()).hexdigest()[:32]


def numbers_of(rbm, beta, data, shown):
    """The figures of a machine: exact sums where a layer can be enumerated, singular values, oscillators."""
    out = {}
    sums = exact(rbm, beta)
    free = free_energy(rbm, beta, data[: RECORD["rowsLookedAt"]]).mean()
    out["mean beta F of the training rows"] = free
    if sums:
        out["ln Z"], out["mean energy, exact"] = sums
        out["mean ln p of the training rows"] = -free - sums[0]
    if shown is not None:
        out["mean energy of the shown chains"] = energies(rbm, *shown).mean()
    values = np.linalg.svd(rbm[0].astype(np.float64), compute_uv=False)
    for k, value in enumerate(values[:4]):
        out[f"singular value {k + 1}"] = value
        # the gaussian closure: kappa = 4 + beta lambda and 4 - beta lambda, omega = kappa / 2
        out[f"omega stiff {k + 1}"], out[f"omega soft {k + 1}"] = 2 + beta * value / 2, 2 - beta * value / 2
    return out


def compare(found, expected, tolerance):
    """Prints each pair. Differences are measured against the larger of 1 and the page's number."""
    agree = 0
    for name, page in expected.items():
        here = found.get(name, math.nan)
        good = abs(here - page) <= tolerance * max(1.0, abs(page))
        agree += bool(good)
        print(f"  {name:34s} page {page:<22.15g} here {here:<22.15g} {'agrees' if good else 'DIFFERS'}")
    return agree, len(expected)


def files_of(record):
    """Arrays beside the script, and those written into it."""
    out = {name: np.frombuffer(base64.b64decode(text), dtype).reshape(shape)
           for name, (dtype, shape, text) in record["arrays"].items()}
    if record["npz"]:
        beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), record["npz"])
        if not os.path.exists(beside):
            raise SystemExit(f"{record['npz']} belongs beside this script: the page saved both.")
        with np.load(beside) as archive:
            out.update({name: archive[name] for name in archive.files})
    return out


def main():
    options = set(sys.argv[1:])
    if options - {"--no-training", "--json"}:
        raise SystemExit(__doc__)
    record, scene, beta = RECORD, RECORD["scene"], RECORD["scene"]["beta"]
    say = (lambda *_: None) if "--json" in options else print
    files = files_of(record)
    N, steps = record["N"], record["step"]
    own_samples = scene["data"]["kind"] == "machine"
    first = initial_machine(scene, N, None, files) if own_samples else None
    data, _ = data_of(scene, first, files)
    first = first or initial_machine(scene, N, f32(data.sum(axis=0) / len(data)), files)
    rows = hashlib.sha256(np.packbits(data, axis=1).tobytes()).hexdigest()[:32]
    result = {"rows": rows, "counts": {}}

    print_numbers = compare
    if "--json" in options:
        print_numbers = lambda found, expected, tolerance: (
            int(sum(abs(found.get(k, math.nan) - v) <= tolerance * max(1.0, abs(v)) for k, v in expected.items())),
            len(expected),
        )
    say(f"{record['title']}, {N} visible and {scene['hidden']} hidden units, step {steps} of the run.")
    say(f"  training rows, {len(data)}: {'the same' if rows == record['rows'] else 'DIFFERENT'} (hash {rows[:8]})")
    say("From the page's own weights at this step, in float64 (tolerance 1e-9):")
    page = files["weights"], files["visible_bias"], files["hidden_bias"]
    shown = (files["shown_visible"], files["shown_hidden"]) if "shown_visible" in files else None
    found = numbers_of(page, beta, data, shown)
    counts = print_numbers(found, record["numbers"], 1e-9)
    result["counts"]["weights"], result["weights"] = counts, found
    whole = bool(rows == record["rows"] and counts[0] == counts[1])

    if "--no-training" not in options:
        say(f"From the seed {scene['seed']}: {steps} steps.")
        training, shown = run(scene, first, data, steps)
        chains = training.chains
        gibbs = scene["sampler"]["kind"] == "gibbs" or (scene["sampler"]["since"] > steps)
        lists = [
            [steps, training.step, *(int(k) for k in training.key)],
            [chains[2], *(int(k) for k in training.chain_key)] if chains else [],
            chains[0].reshape(-1) if chains else [],
            chains[1].reshape(-1) if chains else [],
            [shown[2]], shown[0].reshape(-1), shown[1].reshape(-1), [],
            [] if record["langevinSteps"] is None else [record["langevinSteps"]],
        ]
        hash_ = integers_hash(lists)
        apart = max(float(np.abs(p - q).max()) for p, q in zip(training.rbm, page))
        found = numbers_of(training.rbm, beta, data, shown[:2] if gibbs else None)
        result.update(hash=hash_, apart=apart, seed=found, step=training.step)
        same = gibbs and hash_ == record["hash"]
        if not gibbs:
            say("  The shown chains' sampler is not repeated here; what was learnt is.")
        else:
            say(f"  integers: {'identical' if same else 'DIFFERENT'} (page {record['hash'][:8]}, here {hash_[:8]})")
        say(f"  largest difference of a parameter: {apart:.2g}")
        expected = {k: v for k, v in record["numbers"].items() if gibbs or "shown" not in k}
        counts = print_numbers(found, expected, 1e-4)
        result["counts"]["seed"] = counts
        whole = whole and counts[0] == counts[1] and (same or not gibbs)
        if gibbs and not same:
            say(f"  The page computed in float32 on its {record['backend']} backend. A sum rounded in another order lets a")
            say("  coin fall otherwise about once in ten million throws; after that the run is another one of the same law.")
    result["agree"] = whole
    if "--json" in options:
        print(json.dumps(result, default=float))
    else:
        print("Everything compared agrees." if whole else "Not everything agrees: see above.")
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
