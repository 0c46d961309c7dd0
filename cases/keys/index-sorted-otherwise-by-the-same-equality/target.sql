create unique index on t (k);
create unique index on c (k text_pattern_ops);
create unique index on f (k citext_pattern_ops);
create unique index on b (k varchar_pattern_ops);
