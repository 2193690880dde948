using AuthServer.Core.Mail;

namespace AuthServer.Core.Tickets;

/// <summary>A ticket, and the letter that carries its link: stored together or not at all.</summary>
public sealed record MailedTicket(Ticket Ticket, OutgoingEmail EmailMessage);
