create table t (k text collate "C" primary key, v text); create table c (a varchar collate "en-x-icu", b text collate "de-x-icu", v text, primary key (a, b));
insert into t select k, k from unnest(array['a', 'A', '-a', 'ä', 'Z', 'z', '', ' ', E'\u0001', 'a b', 'ab', 'ß', 'ss', U&'\+01F600', U&'\FFFD', U&'e\0301', U&'\00E9']) k;
insert into c select i % 4, repeat('x', i), 'v' from generate_series(1, 20) i;
