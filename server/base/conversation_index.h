/*
 * conversation_index.h: PR_CONVERSATION_INDEX values, as ScCreateConversationIndex makes them.
 *
 * Layer: base (portable, no state).
 */
#ifndef CONVERSATION_INDEX_H
#define CONVERSATION_INDEX_H

#include <stddef.h>
#include <stdint.h>

#define CONVERSATION_HEADER 22 /* time and GUID of the conversation's first message */
#define CONVERSATION_BLOCK  5  /* one reply */

/* Bytes that conversation_index_make writes for a parent of that size. */
size_t conversation_index_size(size_t parent_size);

/*
 * Writes the index of a new conversation (parent_size below CONVERSATION_HEADER) or of a reply to parent. now is a
 * FILETIME (100 ns since 1601); guid (16 bytes) is used for a new conversation, random for a reply's last byte.
 */
void conversation_index_make(const uint8_t *parent, size_t parent_size, uint64_t now, const uint8_t guid[16],
                             uint8_t random, uint8_t *out);

#endif
