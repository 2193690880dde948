using AuthServer.Core.Mail;

namespace AuthServer.Web.Mail;

/// <summary>Sends emails.</summary>
public interface IEmailSender
{
    /// <summary>
    /// Whether emails can be sent. When they can't, a feature that needs them says so instead of promising one.
    /// </summary>
    bool IsOpen { get; }

    /// <exception cref="EmailDeliveryException">It was not taken.</exception>
    Task SendAsync(Guid id, EmailMessage email, CancellationToken ct);
}

/// <summary>The mail server did not accept an email.</summary>
/// <param name="reason">For the log; no address and no content in it.</param>
/// <param name="forGood">Another try would end the same.</param>
public sealed class EmailDeliveryException(string reason, bool forGood, Exception? cause = null)
    : Exception(reason, cause)
{
    public bool ForGood { get; } = forGood;
}

/// <summary>Production without a mail server.</summary>
public sealed class DisabledEmailSender : IEmailSender
{
    public bool IsOpen => false;

    public Task SendAsync(Guid id, EmailMessage email, CancellationToken ct) =>
        throw new EmailDeliveryException("no mail server is configured", forGood: false);
}
