using AuthServer.Core.Mail;
using AuthServer.Web.Startup;

namespace AuthServer.Web.Mail;

/// <summary>The letters that this server writes, and how they leave.</summary>
public static class MailLayer
{
    public static IServiceCollection AddMail(this IServiceCollection services, MailOptions options, bool isDevelopment)
    {
        services.AddSingleton(options).AddSingleton<Outbox>();
        services.AddScoped<Letters>().AddScoped<VerificationLetters>().AddScoped<InvitationLetters>();
        if (!string.IsNullOrEmpty(options.Smtp.Host))
            return services.AddSingleton<IPostOffice, SmtpPostOffice>();
        if (!isDevelopment)
            return services.AddSingleton<IPostOffice, ClosedPostOffice>();
        return services.AddSingleton<FileOutbox>().AddSingleton<IPostOffice>(provider => provider.GetRequiredService<FileOutbox>());
    }
}
