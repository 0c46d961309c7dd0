create publication by_root for table all_with, one_without with (publish_via_partition_root = true);
create publication by_leaf for table leaf_without_12;
