using AuthServer.Core.Model;

namespace AuthServer.Core.Tickets;

/// <summary>Ticket, and the email that carries its link: stored together or not at all.</summary>
public sealed record MailedTicket(Ticket Ticket, OutgoingEmail Email);
