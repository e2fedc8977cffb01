/*
 * wine_files.h: file access that suits Wine. Layer: provider.
 */
#ifndef PROVIDER_WINE_FILES_H
#define PROVIDER_WINE_FILES_H

/*
 * On Wine: has SQLite read and write without OVERLAPPED, each use of which costs a call of the wineserver, one at a time for all
 * threads of all processes. Does nothing on Windows. May be called again.
 */
void wine_files_setup(void);

#endif
