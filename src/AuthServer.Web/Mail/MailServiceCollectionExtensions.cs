using AuthServer.Core.Mail;

namespace AuthServer.Web.Mail;

/// <summary>Services that write and send emails.</summary>
public static class MailServiceCollectionExtensions
{
    public static IServiceCollection AddMail(this IServiceCollection services) => services
        .AddSingleton<Outbox>()
        .AddScoped<Emails>()
        .AddScoped<VerificationEmails>()
        .AddScoped<InvitationEmails>()
        .AddSingleton<FileOutbox>()
        .AddScoped(Sender);

    private static IEmailSender Sender(IServiceProvider services)
    {
        var options = services.GetRequiredService<MailOptions>();
        if (!string.IsNullOrEmpty(options.Smtp.Host))
            return new SmtpEmailSender(options);
        return services.GetRequiredService<IHostEnvironment>().IsDevelopment()
            ? services.GetRequiredService<FileOutbox>()
            : new DisabledEmailSender();
    }
}
