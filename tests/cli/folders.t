Result folders: never over anything, whole or not at all, under any name.

  $ echo '{"kind": "map", "plots": ["variance_change"],
  >        "grid": {"mu": {"from": -1, "to": 1, "points": 4}, "nu": {"from": 0.1, "to": 3, "points": 4}}}' >m.json
  $ selfnorm map -q --pictures none m.json && ls results/m
  fixed_points.tsv
  grid.tsv
  result.json
  variance_change.gp

What is there stays, and --force replaces a result alone.

  $ touch results/m/mine
  $ selfnorm map --pictures none m.json
  selfnorm map: results/m exists already
  --force replaces an earlier result, never anything else.
  [2]
  $ ls results/m/mine
  results/m/mine
  $ selfnorm map -q --pictures none --force m.json && ls -A results results/m
  results:
  m
  
  results/m:
  fixed_points.tsv
  grid.tsv
  result.json
  variance_change.gp
  $ mkdir other && echo precious >other/grid.tsv && selfnorm map --force -o other m.json
  selfnorm map: other exists and is not a result of selfnorm
  [2]
  $ echo '{"by": "another"}' >other/result.json && selfnorm map --force -o other m.json
  selfnorm map: other exists and is not a result of selfnorm
  [2]
  $ cat other/grid.tsv
  precious
  $ selfnorm map --force -o m.json m.json
  selfnorm map: m.json exists and is not a folder
  [2]
  $ ln -s results/m link && selfnorm map --force -o link m.json
  selfnorm map: link exists and is not a folder
  [2]
  $ mkdir results/m/sub && selfnorm map --force m.json
  selfnorm map: results/m exists and holds a folder, sub, which no result does
  [2]
  $ rmdir results/m/sub

Places that cannot be.

  $ for o in '' . .. / ./ a/..; do selfnorm map --pictures none -o "$o" m.json || echo $?; done
  selfnorm map: "" is not the path of a new folder
  2
  selfnorm map: "." is not the path of a new folder
  2
  selfnorm map: ".." is not the path of a new folder
  2
  selfnorm map: "/" is not the path of a new folder
  2
  selfnorm map: "./" is not the path of a new folder
  2
  selfnorm map: "a/.." is not the path of a new folder
  2
  $ selfnorm map -o m.json/below m.json
  selfnorm map: m.json: Not a directory
  [3]
  $ selfnorm map -o m.json/far/below m.json
  selfnorm map: m.json/far: Not a directory
  [3]
  $ selfnorm map -o /dev/null/below m.json
  selfnorm map: /dev/null: Not a directory
  [3]

Names are bytes, and the command is noted as a shell takes it.

  $ for o in 'a b' "it's" 'say "so"' '$HOME' '*' 'two
  > lines' '--dash' 'new/and/deep'; do
  >   selfnorm map -q --output="$o" m.json && cat "./$o/variance_change.png" | head -c 4 | tail -c 3
  >   "$BUILDDIR/tests/cli/json" /command <"./$o/result.json"
  > done
  PNG"selfnorm map -q '--output=a b' m.json"
  PNG"selfnorm map -q '--output=it'\\''s' m.json"
  PNG"selfnorm map -q '--output=say \"so\"' m.json"
  PNG"selfnorm map -q '--output=$HOME' m.json"
  PNG"selfnorm map -q '--output=*' m.json"
  PNG"selfnorm map -q '--output=two\nlines' m.json"
  PNG"selfnorm map -q --output=--dash m.json"
  PNG"selfnorm map -q --output=new/and/deep m.json"
  $ selfnorm map -q -o -dash --pictures none m.json && ls ./-dash/result.json
  ./-dash/result.json
  $ cp m.json "odd 'name' \$(touch run).json" && selfnorm map -q ./odd*.json && ls results
  m
  odd 'name' $(touch run)
  $ ls run
  ls: ...
  [2]

No part of a run is left anywhere.

  $ find . -name '.*' ! -name .
