using System.Diagnostics.Metrics;
using AuthServer.Core;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Web.Telemetry;

namespace AuthServer.Web.Tests.Telemetry;

public sealed class InstrumentsTests
{
    [Fact]
    public void A_login_that_an_Action_ends_has_one_outcome()
    {
        var isHere = new AsyncLocal<bool> { Value = true };
        List<object?> outcomes = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "authserver.logins")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, labels, _) =>
        {
            if (isHere.Value)
                outcomes.AddRange(labels.ToArray().Where(label => label.Key == "outcome").Select(label => label.Value));
        });
        listener.Start();

        Instruments.Count(
            LogEventTypes.FailedLogin, new LogEvent { Error = OAuthError.OfAction("access_denied", "no", null) });

        Assert.Equal(["refused"], outcomes);
    }
}
