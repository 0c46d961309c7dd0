create unique index named on t (w); alter table t replica identity using index named; create publication of_all for table t;
