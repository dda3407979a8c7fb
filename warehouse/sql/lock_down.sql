-- Nothing else can be read or written from now on, and no more memory be taken.
set enable_external_access = false;
set lock_configuration = true;
