using AuthServer.TestKit;
using AuthServer.Web.Mail;
using AuthServer.Web.Startup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace AuthServer.Web.Tests.Mail;

/// <summary>Production without a mail server promises no emails.</summary>
public sealed class DisabledEmailSenderTests
{
    [Fact]
    public void Production_without_a_mail_server_sends_no_emails_and_development_stores_them()
    {
        Assert.False(OfficeOf(new MailOptions(), isDevelopment: false).IsOpen);
        Assert.IsType<FileOutbox>(OfficeOf(new MailOptions(), isDevelopment: true));
        Assert.IsType<SmtpEmailSender>(
            OfficeOf(
                new MailOptions
                {
                    From = "a@example.com",
                    Smtp = new() { Host = "localhost" },
                },
                isDevelopment: false));
    }

    private static IEmailSender OfficeOf(MailOptions options, bool isDevelopment) =>
        new ServiceCollection()
            .AddSingleton(new DataDirectory(Path.GetTempPath()))
            .AddSingleton<TimeProvider>(new ManualTime())
            .AddSingleton<IHostEnvironment>(new HostingEnvironment
            {
                EnvironmentName = isDevelopment ? Environments.Development : Environments.Production,
            })
            .AddSingleton(options)
            .AddMail()
            .BuildServiceProvider()
            .GetRequiredService<IEmailSender>();
}
