alter table t add unique (u) deferrable initially deferred;
