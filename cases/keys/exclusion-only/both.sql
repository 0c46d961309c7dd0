create table t (during int4range not null, v text, exclude using gist (during with &&));
