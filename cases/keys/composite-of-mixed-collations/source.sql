create table t (a text collate "C", b text collate nocase, c varchar collate "de-x-icu", v text, primary key (a, b, c));
insert into t select a, b, c, 'v' from unnest(array['x', 'X', 'ä', '']) a, unnest(array['y', 'z', 'ö']) b, unnest(array['u', 'U', ' ']) c;
