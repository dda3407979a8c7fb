-- Nothing else can be read or written from now on, and what questions need beyond this memory goes to disk: the app stays small
-- beside any file.
set memory_limit = '128MB';
set enable_external_access = false;
set lock_configuration = true;
