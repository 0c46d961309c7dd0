create unique index on cast_to_made ((s::citext), t);
create unique index on cast_to_made_array ((array[s::citext]));
create unique index on collated (btrim(s) collate nocase);
create unique index on collated_part ((s || '!') collate nocase) where active;
