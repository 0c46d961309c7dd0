alter table booking add constraint apart exclude using gist (during with &&);
