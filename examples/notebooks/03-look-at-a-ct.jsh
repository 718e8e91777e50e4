// From a folder of DICOM files to what the image network sees: 16 slices of a real patient's CT.
// Run: examples/notebooks/run 03-look-at-a-ct.jsh

import io.github.livermm.core.*;
import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.dicom.*;
import io.github.livermm.imaging.encoder.ImageEncoder;
import io.github.livermm.imaging.preprocess.*;
import io.github.livermm.imaging.volume.*;
import java.nio.file.Path;

// 1. What is in the folder? Series, their geometry, the phase as far as the headers tell, and every problem found
var folder = DicomFolder.scan(Path.of(System.getProperty("studies", "examples/data"), "hcc048-piece"));
for (DicomSeries series : folder.series()) {
    System.out.println(series.modality() + " " + series.slices() + " slices, " + series.grid().orElseThrow());
    System.out.println("phase        " + series.phase().map(Object::toString).orElse("the headers do not tell"));
    System.out.println("problems     " + series.problems());
}
System.out.println("not images   " + folder.skipped());

// 2. The volume, in Hounsfield units, in the order of the slices in space
Volume volume = folder.series().get(0).readVolume();
System.out.printf("HU           %.0f to %.0f, mean %.4f%n", volume.min(), volume.max(), volume.mean());

// 3. What the network gets: one small grid (here of the whole volume, for no mask comes with these slices) and measurements
LesionImage image = LesionCrop.defaults().cut(Map.of(Phase.CT_PORTAL, volume), Map.of());
System.out.println("cut out      " + image.region() + ", " + image.depth() + " x " + image.height() + " x " + image.width());
FittedEncoder<LesionImage> encoder = ImageEncoder.withDefaults().fit(List.of(image), 1);
float[][] encoded = encoder.encode(image);
for (int i = 0; i < encoded.length; i++) {
    System.out.println("input        " + encoder.inputs().get(i) + ", " + encoded[i].length + " values");
}

System.out.println("notebook finished");
/exit
