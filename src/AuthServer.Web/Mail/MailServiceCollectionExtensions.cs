using AuthServer.Core.Mail;

namespace AuthServer.Web.Mail;

/// <summary>Services that write and send emails.</summary>
public static class MailServiceCollectionExtensions
{
    public static IServiceCollection AddMail(this IServiceCollection services, MailOptions options, bool isDevelopment)
    {
        services.AddSingleton(options).AddSingleton<Outbox>();
        services.AddScoped<Emails>().AddScoped<VerificationEmails>().AddScoped<InvitationEmails>();
        if (!string.IsNullOrEmpty(options.Smtp.Host))
            return services.AddScoped<IEmailSender, SmtpEmailSender>();
        if (!isDevelopment)
            return services.AddSingleton<IEmailSender, DisabledEmailSender>();
        return services
            .AddSingleton<FileOutbox>()
            .AddSingleton<IEmailSender>(provider => provider.GetRequiredService<FileOutbox>());
    }
}
