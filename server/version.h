/*
 * version.h: the product's version, for C sources and resource scripts alike.
 *
 * Layer: none (constants only). The resource compiler reads this file too: nothing but #define lines.
 */
#ifndef MAPIHOST_VERSION_H
#define MAPIHOST_VERSION_H

#define MAPIHOST_VERSION_MAJOR 1
#define MAPIHOST_VERSION_MINOR 0
#define MAPIHOST_VERSION_PATCH 0
#define MAPIHOST_VERSION_TEXT  "1.0.0"
#define MAPIHOST_PRODUCT_TEXT  "MapiHost"

#endif
