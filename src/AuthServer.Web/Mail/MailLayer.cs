using AuthServer.Core.Mail;

namespace AuthServer.Web.Mail;

/// <summary>The letters that this server writes.</summary>
public static class MailLayer
{
    public static IServiceCollection AddMail(this IServiceCollection services) => services.AddSingleton<Outbox>().AddScoped<InvitationLetters>();
}
