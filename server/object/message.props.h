/*
 * message.props.h: the properties of Message that are one MAPI property each. Included several times by message.c.
 *
 * TEXT_RO/TEXT_RW: "" when absent. LONG_RO/LONG_RW(name, tag, value when absent). BOOL_RW: False when absent.
 * FLAG_RW(name, tag, bit, value when the bit is set). DATE_RO/DATE_RW: MAPI_E_NOT_FOUND when absent, as in CDO.
 * HEX_RO/HEX_RW: binary as hex text; MAPI_E_NOT_FOUND when an id is absent, "" for the others.
 */
TEXT_RW(Subject, PR_SUBJECT_W)
TEXT_RW(Type, PR_MESSAGE_CLASS_W)
TEXT_RW(ConversationTopic, PR_CONVERSATION_TOPIC_W)
TEXT_RO(To, PR_DISPLAY_TO_W)
TEXT_RO(CC, PR_DISPLAY_CC_W)
TEXT_RO(BCC, PR_DISPLAY_BCC_W)
TEXT_RO(InternetMessageID, PR_INTERNET_MESSAGE_ID_W)
TEXT_RO(Headers, PR_TRANSPORT_MESSAGE_HEADERS_W)
LONG_RO(Size, PR_MESSAGE_SIZE, 0)
LONG_RW(Importance, PR_IMPORTANCE, CdoNormal, CdoLow, CdoHigh)
LONG_RW(Sensitivity, PR_SENSITIVITY, CdoNoSensitivity, CdoNoSensitivity, CdoConfidential)
BOOL_RW(ReadReceipt, PR_READ_RECEIPT_REQUESTED)
BOOL_RW(DeliveryReceipt, PR_ORIGINATOR_DELIVERY_REPORT_REQUESTED)
FLAG_RW(Sent, PR_MESSAGE_FLAGS, MSGFLAG_UNSENT, false)
FLAG_RW(Submitted, PR_MESSAGE_FLAGS, MSGFLAG_SUBMIT, true)
FLAG_RW(Signed, PR_SECURITY, SECURITY_SIGNED, true)
FLAG_RW(Encrypted, PR_SECURITY, SECURITY_ENCRYPTED, true)
DATE_RO(TimeCreated, PR_CREATION_TIME)
DATE_RO(TimeLastModified, PR_LAST_MODIFICATION_TIME)
DATE_RW(TimeReceived, PR_MESSAGE_DELIVERY_TIME)
DATE_RW(TimeSent, PR_CLIENT_SUBMIT_TIME)
DATE_RW(TimeExpired, PR_EXPIRY_TIME)
HEX_RO(FolderID, PR_PARENT_ENTRYID)
HEX_RO(StoreID, PR_STORE_ENTRYID)
HEX_RW(Conversation, PR_CONVERSATION_KEY)
HEX_RW(ConversationIndex, PR_CONVERSATION_INDEX)
/* The one who sent, not on whose behalf: as CDO's Sender. */
TEXT_RO(SenderName, PR_SENDER_NAME_W)
