alter table t add unique (u) deferrable;
alter table none add unique (u) deferrable initially deferred;
alter table ranges add exclude using gist (r with &&) deferrable initially deferred;
alter table parts_low add unique (u) deferrable initially deferred;
alter table fine add unique (u) deferrable initially deferred;
alter table fine_none add unique (u) deferrable initially deferred, add exclude using gist (r with &&) deferrable;
