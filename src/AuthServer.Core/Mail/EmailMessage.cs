namespace AuthServer.Core.Mail;

/// <summary>An e-mail to one person: the same words as plain text and as HTML.</summary>
public sealed record EmailMessage(string To, string Subject, string Text, string Html);
